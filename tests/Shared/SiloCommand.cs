using System.Diagnostics;

namespace Conclude.Testing;

/// <summary>A command of the host's program, run to its end.</summary>
internal static class SiloCommand
{
    /// <param name="arguments">The command's name and its options.</param>
    public static async Task<(int ExitCode, string Said)> Run(string[] arguments, params (string Name, string Value)[] settings)
    {
        ProcessStartInfo start = new("dotnet", [SiloProcess.Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await error);
    }
}
