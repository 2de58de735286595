namespace Conclude.Ledger.Writing;

/// <summary>Fires counted in one period (month or day) of one workspace, with those of the batch in work.</summary>
internal sealed class PeriodUse(long period, long stored)
{
    public long Period { get; } = period;

    /// <summary>Not yet in the store.</summary>
    public long Moved { get; private set; }

    public long Total { get; private set; } = stored;

    /// <param name="limit">0 is unlimited.</param>
    public bool Fits(long limit) => limit == 0 || Total < limit;

    public void Add()
    {
        Moved++;
        Total++;
    }

    public void Settle() => Moved = 0;
}
