using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Conclude.Bench.Runner;

/// <summary>Processes that this one has started and not yet stopped: when it is told to end, it ends them first, each by its id.</summary>
internal static class Started
{
    private const int Interrupted = 130;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, string> Running = [];
    private static readonly PosixSignalRegistration[] Signals =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, End), PosixSignalRegistration.Create(PosixSignal.SIGTERM, End)];

    /// <summary>A folder outside of <see cref="Folders.Work"/> that is to go when this process is told to end.</summary>
    public static string? Scratch { get; set; }

    /// <param name="signal">Asks the process to end at once and in order.</param>
    public static void Add(int process, string signal)
    {
        lock (Gate)
        {
            Running[process] = signal;
        }
    }

    public static void Remove(int process)
    {
        lock (Gate)
        {
            Running.Remove(process);
        }
    }

    private static void End(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (Gate)
        {
            foreach (var (process, signal) in Running)
            {
                using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
                kill.WaitForExit();
            }

            var asked = Stopwatch.GetTimestamp();
            while (Running.Keys.Any(static p => Directory.Exists($"/proc/{p}")) && Stopwatch.GetElapsedTime(asked) < Patience)
            {
                Thread.Sleep(50);
            }

            if (Directory.Exists(Scratch))
            {
                Directory.Delete(Scratch, recursive: true);
            }

            GC.KeepAlive(Signals);
            Environment.Exit(Interrupted);
        }
    }
}
