using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Xunit;

namespace FunctionalMetrics.TestSupport;

/// <summary>What somebody finds who has no rights over the files of others.</summary>
public static class OrdinaryUser
{
    private const uint Nobody = 65534;

    /// <summary>Does something as an ordinary user: root gives its rights over files up, in a thread that ends with it.</summary>
    public static T Do<T>(Func<T> work)
    {
        Skip.If(OperatingSystem.IsWindows(), "only Unix denies a file by its mode");
        if (!Environment.IsPrivilegedProcess)
            return work();
        Skip.IfNot(OperatingSystem.IsLinux(), "root gives its rights up on Linux alone");
        var (result, failure) = (default(T), default(ExceptionDispatchInfo));
        var thread = new Thread(() =>
        {
            // Of this thread alone; the rights of root over files go with it.
            _ = SetFileSystemUser(Nobody);
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    private static extern int SetFileSystemUser(uint user);
}
