using System.Collections.Immutable;
using Conclude.Grains.Live;
using Conclude.Ledger;

namespace Conclude.Api.ObservedEvents;

/// <summary>
/// What one client of the live feed has been sent: tells what is new in a message or in a reading of the ledger, and notices when
/// messages were lost. Not thread-safe.
/// </summary>
internal sealed class FireLog
{
    /// <summary>The most that the ledger hands out at once; what is remembered is always more.</summary>
    public const int MaxRead = 1_000;
    private const int Remembered = 4 * MaxRead;
    private const int MaxWriters = 100;

    private readonly HashSet<Guid> _sent = [];
    private readonly Queue<Guid> _order = new();
    private readonly Dictionary<Guid, long> _sequences = [];

    /// <summary>Takes a message's fires.</summary>
    /// <param name="isGap">A message of the same writer before this one was lost.</param>
    /// <returns>Those not seen before, oldest first.</returns>
    public List<RecentFire> Take(FiresCommitted message, out bool isGap)
    {
        isGap = _sequences.TryGetValue(message.Writer, out var last) && message.Sequence > last + 1;
        if (_sequences.Count < MaxWriters || _sequences.ContainsKey(message.Writer))
        {
            _sequences[message.Writer] = Math.Max(last, message.Sequence);
        }

        return [.. message.Fires.Where(IsNew)];
    }

    /// <summary>Takes a reading of the ledger.</summary>
    /// <param name="newestFirst">At most <see cref="MaxRead"/>.</param>
    /// <returns>Those not seen before, oldest first.</returns>
    public List<RecentFire> Take(ImmutableArray<RecentFire> newestFirst) => [.. newestFirst.Reverse().Where(IsNew)];

    /// <summary>Marks what a client need not be sent when it connects: everything, or all up to the last that it had.</summary>
    /// <param name="lastEventId">The last fire it had; null when it had none.</param>
    public void Skip(ImmutableArray<RecentFire> newestFirst, Guid? lastEventId)
    {
        var missed = lastEventId is { } last ? newestFirst.TakeWhile(f => f.Id != last).Count() : 0;
        foreach (var fire in newestFirst.Skip(missed).Reverse())
        {
            IsNew(fire);
        }
    }

    private bool IsNew(RecentFire fire)
    {
        if (!_sent.Add(fire.Id))
        {
            return false;
        }

        _order.Enqueue(fire.Id);
        if (_order.Count > Remembered)
        {
            _sent.Remove(_order.Dequeue());
        }

        return true;
    }
}
