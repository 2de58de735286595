using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Conclude.Bench.Runner;

/// <summary>How long the disk takes to make 4 KiB last: what every commit pays once.</summary>
internal static class FlushProbe
{
    private const int Writes = 200;
    private const int Size = 4096;

    /// <returns>Milliseconds.</returns>
    public static (double Median, double P99) Measure()
    {
        var file = Path.Combine(Folders.Work, "flush");
        using (SafeFileHandle handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.None, Size * (long)Writes))
        {
            var block = new byte[Size];
            var times = new double[Writes];
            for (var i = 0; i < Writes; i++)
            {
                Random.Shared.NextBytes(block);
                var started = Stopwatch.GetTimestamp();
                RandomAccess.Write(handle, block, i * (long)Size);
                RandomAccess.FlushToDisk(handle);
                times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }

            Array.Sort(times);
            return (times[Writes / 2], times[(Writes * 99 / 100) - 1]);
        }
    }
}
