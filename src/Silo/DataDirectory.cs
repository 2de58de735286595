namespace Conclude.Silo;

/// <summary>Where everything that must outlive the process is kept.</summary>
internal static class DataDirectory
{
    private const string Setting = "Conclude:DataDirectory";

    /// <summary><c>Conclude:DataDirectory</c>, by default <c>data</c> in the working directory; made if missing, for its owner alone.</summary>
    public static DirectoryInfo Prepare(IConfiguration configuration)
    {
        var path = Path.GetFullPath(configuration[Setting] is { Length: > 0 } set ? set : "data");
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
