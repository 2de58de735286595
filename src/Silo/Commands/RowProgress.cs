using System.Diagnostics;
using System.Globalization;

namespace Conclude.Silo.Commands;

/// <summary>Says on a terminal how many rows were looked at, once a second; writes nothing into files and pipes.</summary>
internal sealed class RowProgress : IProgress<long>, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private long _said = Stopwatch.GetTimestamp();
    private bool _isShown;

    public void Report(long value)
    {
        if (_isTerminal && Stopwatch.GetElapsedTime(_said) >= Every)
        {
            (_said, _isShown) = (Stopwatch.GetTimestamp(), true);
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value:N0} rows"));
        }
    }

    /// <summary>Leaves a clean line for what follows.</summary>
    public void Dispose()
    {
        if (_isShown)
        {
            Console.Error.WriteLine();
            _isShown = false;
        }
    }
}
