using System.Diagnostics;

namespace Conclude.Bench.Runner;

/// <summary>Runs programs to their end.</summary>
internal static class Shell
{
    /// <returns>What it printed.</returns>
    /// <exception cref="BenchException">It failed.</exception>
    public static async Task<string> Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Start(program, arguments, redirect: true);
        var error = process.StandardError.ReadToEndAsync();
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? printed
            : throw new BenchException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{printed}{await error}");
    }

    /// <summary>For what leaves a daemon behind, which would hold a pipe open.</summary>
    public static async Task RunWithoutPipes(string program, params IEnumerable<string> arguments)
    {
        using var process = Start(program, arguments, redirect: false);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new BenchException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }

    public static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static Process Start(string program, IEnumerable<string> arguments, bool redirect) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
            WorkingDirectory = Folders.Work,
        })!;
}
