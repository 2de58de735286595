using Conclude.Ledger.Adoption;

namespace Conclude.Silo.Commands.Adopt;

/// <summary>Shows which table is copied, and how far.</summary>
internal sealed class AdoptBar : IProgress<AdoptionProgress>, IDisposable
{
    private readonly ProgressBar _bar = new();

    public void Report(AdoptionProgress value) => _bar.Report(value.Rows, value.OfRows, "rows", value.Table);

    public void Dispose() => _bar.Dispose();
}
