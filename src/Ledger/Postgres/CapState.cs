namespace Conclude.Ledger.Postgres;

/// <summary>What counts against the response cap of one moment, the batch included.</summary>
internal sealed class CapState
{
    private readonly Dictionary<Guid, long> _open = [];

    /// <summary>Answers ever given.</summary>
    public long Answers { get; set; }

    /// <param name="liveUntil">Milliseconds.</param>
    public void Open(Guid prompt, long liveUntil) => _open[prompt] = liveUntil;

    /// <summary>An answered prompt that waits for its comment is one use, not two.</summary>
    public void Answer(Guid prompt)
    {
        Answers++;
        _open.Remove(prompt);
    }

    /// <summary>Answers ever, and prompts that may still become one: live and not answered.</summary>
    /// <param name="now">Milliseconds.</param>
    public long Use(long now) => Answers + _open.Values.Count(until => until > now);
}
