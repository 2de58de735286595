using System.Runtime.InteropServices;

namespace Conclude.Ledger.Writing;

/// <summary>An event name as the writer knows it, with what the batch in work adds to its counters.</summary>
/// <param name="id">Its number in the store.</param>
/// <param name="lastSeen">Milliseconds; null while no fire of it counts.</param>
internal sealed class NameState(WorkspaceState workspace, long id, string name, long? lastSeen, bool isMoment)
{
    private readonly List<HourMoves> _hours = [];
    private int _used;

    public WorkspaceState Workspace { get; } = workspace;
    public long Id { get; } = id;
    public string Name { get; } = name;
    public long? LastSeen { get; private set; } = lastSeen;
    public bool IsMoment { get; private set; } = isMoment;

    /// <summary>Of the fires in the batch, milliseconds; null when it only moves answers.</summary>
    public (long First, long Last)? Fired { get; private set; }

    public bool HasMoves => _used > 0;

    public ReadOnlySpan<HourMoves> Hours => CollectionsMarshal.AsSpan(_hours)[.._used];

    public void Fire(long receivedAt, Verdict verdict, bool isMoment)
    {
        Fired = Fired is { } fired ? (Math.Min(fired.First, receivedAt), Math.Max(fired.Last, receivedAt)) : (receivedAt, receivedAt);
        LastSeen = Math.Max(LastSeen ?? receivedAt, receivedAt);
        IsMoment = isMoment;
        Move(receivedAt, (int)verdict);
    }

    /// <summary>Adds one to a counter in the hour of <paramref name="at"/>.</summary>
    public void Move(long at, int column) => In(UtcTime.HourOf(at)).Counters[column]++;

    /// <summary>The batch's moves are in the store; the objects are kept for the next batch.</summary>
    public void Settle()
    {
        foreach (var hour in Hours)
        {
            Array.Clear(hour.Counters);
        }
        _used = 0;
        Fired = null;
    }

    private HourMoves In(long hour)
    {
        foreach (var known in Hours)
        {
            if (known.Hour == hour)
            {
                return known;
            }
        }
        if (_used == _hours.Count)
        {
            _hours.Add(new HourMoves(hour));
        }
        _hours[_used].Hour = hour;
        return _hours[_used++];
    }
}
