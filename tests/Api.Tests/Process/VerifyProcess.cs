using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>The verify command as a process, under a host's settings.</summary>
internal static class VerifyProcess
{
    /// <param name="database">A connection string; empty for the SQLite files in the folder.</param>
    public static Task<(int ExitCode, string Said)> Run(string folder, string database, params string[] options) =>
        SiloCommand.Run(["verify", .. options], ("Conclude__DataDirectory", folder), ("ConnectionStrings__Conclude", database));
}
