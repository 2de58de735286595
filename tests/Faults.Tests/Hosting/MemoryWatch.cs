using System.Diagnostics;
using System.Globalization;

namespace Conclude.Faults.Tests.Hosting;

/// <summary>Takes a process's resident memory four times a second.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<(TimeSpan At, long Bytes)> _samples = [];
    private readonly Task _watching;

    public MemoryWatch(int processId)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory is read from /proc.");
        _watching = Watch($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/status");
    }

    /// <summary>The most that was seen between two times since the start, in bytes.</summary>
    public long Peak(TimeSpan from, TimeSpan to)
    {
        lock (_samples)
        {
            return _samples.Where(s => s.At >= from && s.At <= to).Max(static s => s.Bytes);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task Watch(string status)
    {
        var started = Stopwatch.GetTimestamp();
        while (!_end.IsCancellationRequested)
        {
            var line = (await File.ReadAllLinesAsync(status)).First(static l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            lock (_samples)
            {
                _samples.Add((Stopwatch.GetElapsedTime(started), long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10));
            }

            await Task.Delay(250);
        }
    }
}
