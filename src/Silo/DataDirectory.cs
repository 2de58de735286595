namespace Conclude.Silo;

/// <summary>Where everything that must outlive the process is kept.</summary>
internal static class DataDirectory
{
    private const string Setting = "Conclude:DataDirectory";

    /// <summary>Where it is; it may be missing.</summary>
    public static DirectoryInfo Find(IConfiguration configuration) =>
        new(Path.GetFullPath(configuration[Setting] is { Length: > 0 } set ? set : "data"));

    /// <summary><c>Conclude:DataDirectory</c>, by default <c>data</c> in the working directory; made if missing, for its owner alone.</summary>
    public static DirectoryInfo Prepare(IConfiguration configuration)
    {
        var path = Find(configuration).FullName;
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
