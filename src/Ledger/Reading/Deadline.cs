namespace Conclude.Ledger.Reading;

/// <summary>When a read that may go through many rows gives back what it has.</summary>
internal readonly struct Deadline(TimeProvider clock, TimeSpan allowed)
{
    private readonly long _started = clock.GetTimestamp();

    public bool IsOver => clock.GetElapsedTime(_started) >= allowed;
}
