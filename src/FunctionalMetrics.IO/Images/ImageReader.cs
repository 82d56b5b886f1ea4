using FunctionalMetrics.Core;

namespace FunctionalMetrics.IO;

/// <summary>N images of one file, read forward in blocks of whole images. A picture file is a stack of one.</summary>
internal abstract class ImageReader(string path, MapShape shape, NumberType type) : IDisposable
{
    // enough for the kernels to run at full speed, little enough to stay in a cache between one step and the next
    private const int BlockPixels = 262_144;

    /// <summary>The file as errors name it.</summary>
    public string Path { get; } = path;

    public MapShape Shape { get; } = shape;

    public NumberType Type { get; } = type;

    /// <summary>Whether the file holds the numbers as they are, and nothing has to be decoded.</summary>
    public virtual bool IsRaw => false;

    /// <summary>How many images of this shape make a block of about a quarter of a million pixels.</summary>
    public int BlockImages => (int)Math.Max(1, BlockPixels / Math.Max(1, Shape.ImagePixels));

    /// <summary>The extensions that are read, for messages.</summary>
    public const string Extensions = ".tiff, .tif, .png, .bmp, .npy and .npz";

    /// <summary>Whether the file's extension is one of maps or masks.</summary>
    public static bool Reads(string path) => IsPicture(path) || NpyReader.Reads(path);

    /// <summary>Whether the numbers that were read last are indices of a palette of colours; null where there are no palettes.</summary>
    public virtual bool? IsByIndex => null;

    /// <summary>What all of the file takes where it is held while it is read; 0 where it is not.</summary>
    public virtual long HeldBytes => 0;

    /// <summary>Whether the next file of a folder is read into the same memory.</summary>
    public virtual bool IsReused => false;

    /// <summary>What reading so many images takes, their numbers included.</summary>
    public abstract long BytesOf(int images);

    /// <param name="path">A picture or a stack.</param>
    /// <param name="asScores">Whether whole numbers that are no scores as they are come as float64.</param>
    /// <param name="byIndex">
    /// Whether the numbers of a palette with a colour are its indices; else they are its greys, and colours are refused.
    /// </param>
    /// <param name="isOne">Whether the file holds one image, so that (H, W, 1) is one with a channel.</param>
    public static ImageReader Open(string path, bool asScores = false, bool byIndex = false, bool isOne = false) =>
        IsPicture(path) ? PictureReader.Open(path, asScores, byIndex)
        : NpyReader.Reads(path) ? StackReader.Open(path, asScores, isOne)
        : throw Unknown(path);

    /// <summary>The numbers of the next images.</summary>
    public abstract Array Next(int images);

    /// <summary>The numbers of some rows of the next image, at the beginning of an array for all of it.</summary>
    public abstract Array NextRows(Range rows);

    /// <summary>Passes over the next images.</summary>
    public virtual void Skip(int images) { }

    /// <summary>Says that nothing more is read, and refuses a file that changed in the meantime.</summary>
    public virtual void Finish() { }

    public virtual void Dispose() { }

    private static InputException Unknown(string path)
    {
        Reading.RequireFile(path);
        return new(path, $"has an extension that is not read here; {Extensions} are");
    }

    private static bool IsPicture(string path) => Reading.Extension(path) is ".tiff" or ".tif" or ".png" or ".bmp";

    private sealed class PictureReader(string path, FileStream file, PictureHeader header, bool asScores)
        : ImageReader(path, new(1, header.Height, header.Width), header.Type.Given(asScores))
    {
        private Picture? picture;

        public static ImageReader Open(string path, bool asScores, bool byIndex)
        {
            var file = Reading.Open(path);
            try
            {
                return new PictureReader(
                    path,
                    file,
                    Reading.Extension(path) switch
                    {
                        ".png" => PngDecoder.Open(file, path, byIndex),
                        ".bmp" => BmpDecoder.Open(file, path, byIndex),
                        _ => TiffDecoder.Open(file, path, byIndex),
                    },
                    asScores
                );
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        public override bool? IsByIndex => picture is { IsByIndex: true };

        public override bool IsReused => true;

        public override long BytesOf(int images) =>
            Shape.ImagePixels * (header.Type.Size + (Type == header.Type ? 0 : Type.Size)) + header.Beside;

        public override Array Next(int images)
        {
            picture ??= header.Decode();
            return asScores ? header.Type.Given(picture.Values) : picture.Values;
        }

        public override void Dispose()
        {
            file.Dispose();
            if (picture is not null)
                PictureArrays.Return(picture.Values);
        }

        public override Array NextRows(Range rows) => throw new NotSupportedException("a picture is decoded as a whole");
    }

    private sealed class StackReader(NpyReader array, MapShape shape) : ImageReader(array.Path, shape, array.Type)
    {
        public static ImageReader Open(string path, bool asScores, bool isOne)
        {
            var array = NpyReader.Open(path, asScores);
            try
            {
                return new StackReader(array, ShapeOf(array, isOne));
            }
            catch
            {
                array.Dispose();
                throw;
            }
        }

        public override bool IsRaw => array.IsRaw;

        public override long HeldBytes => array.Header.IsFortran ? (long)Shape.Pixels * array.Header.Type.Size : 0;

        public override long BytesOf(int images) =>
            images * Shape.ImagePixels * (array.Header.Type.Size + (array.Type == array.Header.Type ? 0 : array.Type.Size));

        public override Array Next(int images) => array.Next((int)(images * Shape.ImagePixels));

        public override Array NextRows(Range rows)
        {
            var (first, count) = rows.GetOffsetAndLength(Shape.Height);
            array.Skip((long)first * Shape.Width);
            var values = array.Next(count * Shape.Width, (int)Shape.ImagePixels);
            array.Skip((long)(Shape.Height - first - count) * Shape.Width);
            return values;
        }

        public override void Finish() => array.Finish();

        public override void Skip(int images) => array.Skip(images * Shape.ImagePixels);

        public override void Dispose() => array.Dispose();

        private static MapShape ShapeOf(NpyReader array, bool isOne)
        {
            if (array.Type.IsText)
                throw new InputException(array.Path, $"holds text ('{array.Type.Name}'); images are numbers");
            var lengths = array.Header.Shape;
            var (n, h, w) = lengths switch
            {
                [var height, var width] => (1, height, width),
                [var height, var width, 1] when isOne => (1, height, width),
                [> 1, > 1, 1] => throw new InputException(
                    array.Path,
                    $"has the shape {array.Header.ShapeText}: one image with a channel, or images of one column? Save one image as a[..., 0], several as a[:, None]"
                ),
                [var count, var height, var width] => (count, height, width),
                [var count, 1, var height, var width] => (count, height, width),
                [var count, var height, var width, 1] => (count, height, width),
                _ => throw new InputException(
                    array.Path,
                    $"has the shape {array.Header.ShapeText}; images have (H, W), (N, H, W), (N, 1, H, W) or (N, H, W, 1)"
                ),
            };
            if (n > 0 && (h == 0 || w == 0))
                throw new InputException(
                    array.Path,
                    $"has the shape {array.Header.ShapeText}; images have at least one row and one column"
                );
            if (n > int.MaxValue || h > int.MaxValue || w > int.MaxValue || (n > 0 && h * w > Array.MaxLength / array.Type.Size))
                throw new InputException(array.Path, $"has the shape {array.Header.ShapeText}; one image must not take more than 2 GiB");
            return new((int)n, (int)h, (int)w);
        }
    }
}
