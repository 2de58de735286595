using System.Diagnostics;
using Conclude.Testing;

namespace Conclude.Api.Tests.Process;

/// <summary>The verify command as a process, under a host's settings.</summary>
internal static class VerifyProcess
{
    /// <param name="database">A connection string; empty for the SQLite files in the folder.</param>
    public static async Task<(int ExitCode, string Said)> Run(string folder, string database, params string[] options)
    {
        ProcessStartInfo start = new("dotnet", [SiloProcess.Program, "verify", .. options])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Conclude__DataDirectory"] = folder, ["ConnectionStrings__Conclude"] = database },
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await error);
    }
}
