using System.Diagnostics;
using System.Globalization;
using Conclude.Ledger.Adoption;

namespace Conclude.Silo.Commands.Adopt;

/// <summary>A bar on a terminal, ten times a second; into files and pipes a line for each table.</summary>
internal sealed class AdoptBar : IProgress<AdoptionProgress>, IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private long _drawn;
    private string _table = "";

    public void Report(AdoptionProgress value)
    {
        var isOver = value.Rows >= value.OfRows;
        if (_isTerminal && (isOver || Stopwatch.GetElapsedTime(_drawn) >= Every))
        {
            _drawn = Stopwatch.GetTimestamp();
            var share = value.OfRows == 0 ? 1 : Math.Min(1, (double)value.Rows / value.OfRows);
            var full = (int)(share * Width);
            Console.Error.Write(string.Create(
                CultureInfo.InvariantCulture, $"\r[{new string('#', full)}{new string('.', Width - full)}] {share,4:P0}  {value.Rows:N0} of {value.OfRows:N0} rows, {value.Table,-12}"));
        }
        else if (!_isTerminal && value.Table != _table)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Table}: {value.Rows:N0} of {value.OfRows:N0} rows in all"));
        }

        _table = value.Table;
    }

    /// <summary>Leaves a clean line for what follows.</summary>
    public void Dispose()
    {
        if (_isTerminal && _table.Length > 0)
        {
            Console.Error.WriteLine();
        }
    }
}
