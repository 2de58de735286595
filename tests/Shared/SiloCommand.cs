using System.Diagnostics;

namespace Conclude.Testing;

/// <summary>A command of the host's program.</summary>
internal static class SiloCommand
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">The command's name and its options.</param>
    public static async Task<(int ExitCode, string Said)> Run(string[] arguments, params (string Name, string Value)[] settings)
    {
        using var process = Start(arguments, settings);
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await error);
    }

    /// <summary>The caller reads what it says, ends it and disposes of it.</summary>
    public static Process Start(string[] arguments, params (string Name, string Value)[] settings)
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

        return Process.Start(start)!;
    }
}
