using System.Diagnostics;
using System.Globalization;

namespace Conclude.Silo.Commands;

/// <summary>A bar on a terminal, ten times a second; into files and pipes a line for each stage and each tenth. Any thread may report.</summary>
internal sealed class ProgressBar : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private readonly Lock _drawing = new();
    private long _drawn;
    private long _next;
    private string? _stage;

    /// <param name="unit">What is counted, such as <c>rows</c>.</param>
    /// <param name="stage">What is worked on now.</param>
    public void Report(long done, long all, string unit, string stage)
    {
        lock (_drawing)
        {
            if (_isTerminal && (done >= all || Stopwatch.GetElapsedTime(_drawn) >= Every))
            {
                _drawn = Stopwatch.GetTimestamp();
                var share = all == 0 ? 1 : Math.Min(1, (double)done / all);
                var full = (int)(share * Width);
                Console.Error.Write(string.Create(
                    CultureInfo.InvariantCulture, $"\r[{new string('#', full)}{new string('.', Width - full)}] {share,4:P0}  {done:N0} of {all:N0} {unit}, {stage,-12}"));
            }
            else if (!_isTerminal && (stage != _stage || done >= _next))
            {
                _next = done + Math.Max(1, all / 10);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stage}: {done:N0} of {all:N0} {unit}"));
            }

            _stage = stage;
        }
    }

    /// <summary>Leaves a clean line for what follows.</summary>
    public void Dispose()
    {
        if (_isTerminal && _stage is not null)
        {
            Console.Error.WriteLine();
        }
    }
}
