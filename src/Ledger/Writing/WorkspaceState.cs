namespace Conclude.Ledger.Writing;

/// <summary>A workspace as the writer knows it. The writer is alone, so between batches this equals the store.</summary>
/// <param name="id">Its number in the store.</param>
internal sealed class WorkspaceState(long id, string key)
{
    public long Id { get; } = id;
    public string Key { get; } = key;
    public Dictionary<string, NameState> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Last month that was asked for.</summary>
    public PeriodUse? Month { get; set; }

    /// <summary>Test fires of the last day that was asked for.</summary>
    public PeriodUse? TestDay { get; set; }

    /// <summary>Valid for the batch in work only; null until a new name asks.</summary>
    public NameCounts? Counts { get; set; }

    /// <summary>Keeps the counts true while the batch goes on; called before the name takes the fire.</summary>
    public void Count(NameState name, bool isMoment, long receivedAt)
    {
        if (Counts is not { } counts)
        {
            return;
        }
        var isNew = name.LastSeen is null;
        if (UtcTime.HourOf(receivedAt) != counts.Hour || (!isNew && name.IsMoment != isMoment) || receivedAt < name.FirstSeen)
        {
            // Rare, and easier counted again than reasoned about.
            Counts = null;
        }
        else if (!isMoment && !NameCounts.IsActive(name.LastSeen, counts.Hour))
        {
            counts.Active++;
            counts.New += isNew ? 1 : 0;
        }
    }
}
