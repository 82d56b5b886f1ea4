using System.Globalization;
using BitMiracle.LibTiff.Classic;

namespace FunctionalMetrics.IO;

/// <summary>
/// What LibTiff says while one file is decoded on one thread. LibTiff has one handler for the whole process, which prints to the console
/// unless it is replaced; ours keeps messages for whoever collects on the same thread and passes all others on.
/// </summary>
internal sealed class TiffMessages : IDisposable
{
    [ThreadStatic]
    private static TiffMessages? current;

    private static readonly Handler Installed = new();

    private TiffMessages() { }

    /// <summary>The first error since collecting began; later ones follow from it.</summary>
    public string? First { get; private set; }

    public static TiffMessages Collect()
    {
        Installed.Install();
        return current = new();
    }

    public void Dispose() => current = null;

    private sealed class Handler : TiffErrorHandler
    {
        private readonly Lock installing = new();
        private TiffErrorHandler? others;
        private bool installed;

        public void Install()
        {
            lock (installing)
            {
                if (!installed)
                    others = Tiff.SetErrorHandler(this);
                installed = true;
            }
        }

        public override void ErrorHandler(Tiff tif, string method, string format, params object[] ap)
        {
            if (current is { } messages)
                messages.First ??= Reading.OneLine(string.Format(CultureInfo.InvariantCulture, format, ap));
            else
                others?.ErrorHandler(tif, method, format, ap);
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] ap)
        {
            if (current is null)
                others?.ErrorHandlerExt(tif, clientData, method, format, ap);
        }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] ap)
        {
            if (current is null)
                others?.WarningHandler(tif, method, format, ap);
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] ap)
        {
            if (current is null)
                others?.WarningHandlerExt(tif, clientData, method, format, ap);
        }
    }
}
