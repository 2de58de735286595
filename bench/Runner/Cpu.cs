using System.Globalization;

namespace Conclude.Bench.Runner;

/// <summary>Processor time as the kernel accounts for it, in microseconds; its grain is 10 milliseconds.</summary>
internal static class Cpu
{
    private const long MicrosecondsPerTick = 10_000;

    // Fields of /proc/PID/stat, counted from the one after the command's name.
    private const int Parent = 1;
    private const int UserTime = 11;
    private const int WaitedUserTime = 13;

    /// <summary>Of one process.</summary>
    public static long Of(int process) => Sum(Fields(process), UserTime);

    /// <summary>Of a process, its children that live and those it has waited for.</summary>
    public static long OfTree(int process)
    {
        var sum = Sum(Fields(process), UserTime) + Sum(Fields(process), WaitedUserTime);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var other)
                && Fields(other) is { } fields && int.Parse(fields[Parent], CultureInfo.InvariantCulture) == process)
            {
                sum += Sum(fields, UserTime);
            }
        }

        return sum;
    }

    /// <summary>Of the children that this process has waited for.</summary>
    public static long OfEnded() => Sum(Fields(Environment.ProcessId), WaitedUserTime);

    /// <summary>Of everything on the machine since it started: all that was not idle or waiting for the disk.</summary>
    public static long OfAll()
    {
        const int Idle = 4;
        const int DiskWait = 5;
        const int Steal = 8;
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(1, Steal).Where(static f => f is not (Idle or DiskWait)).Sum(f => long.Parse(fields[f], CultureInfo.InvariantCulture)) * MicrosecondsPerTick;
    }

    /// <summary>Resident memory, in bytes.</summary>
    public static long Resident(int process) =>
        long.Parse(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    private static long Sum(string[]? fields, int at) => fields is null
        ? 0
        : (long.Parse(fields[at], CultureInfo.InvariantCulture) + long.Parse(fields[at + 1], CultureInfo.InvariantCulture)) * MicrosecondsPerTick;

    private static string[]? Fields(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended; what it used is its parent's to tell.
            return null;
        }
    }
}
