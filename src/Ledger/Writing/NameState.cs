using System.Runtime.InteropServices;

namespace Conclude.Ledger.Writing;

/// <summary>
/// An event name as the writer knows it, the batch in work included. Absolute values are kept here because the writer is alone:
/// whoever else changes a row must make the writer forget first.
/// </summary>
/// <param name="id">Its number in the store.</param>
/// <param name="allTime">Counters of all time in the order of <see cref="CounterColumns"/>; owned by the name.</param>
internal sealed class NameState(WorkspaceState workspace, long id, string name, long[] allTime)
{
    // Enough for the hour that is, the one before, and a clock that steps back.
    private const int HoursKept = 4;
    private readonly List<HourMoves> _hours = [];

    public WorkspaceState Workspace { get; } = workspace;
    public long Id { get; set; } = id;
    public string Name { get; } = name;

    /// <summary>Milliseconds; null while no fire of it counts.</summary>
    public long? FirstSeen { get; set; }

    /// <summary>Milliseconds; null while no fire of it counts.</summary>
    public long? LastSeen { get; set; }

    /// <summary>As its last fire said.</summary>
    public bool IsMoment { get; set; }

    /// <summary>Of the fires in the batch, milliseconds; null when it only moves answers.</summary>
    public (long First, long Last)? Fired { get; private set; }

    public bool HasMoves { get; private set; }

    public ReadOnlySpan<long> AllTime => allTime;

    public ReadOnlySpan<HourMoves> Hours => CollectionsMarshal.AsSpan(_hours);

    public void Fire(long receivedAt, Verdict verdict, bool isMoment)
    {
        Fired = Fired is { } fired ? (Math.Min(fired.First, receivedAt), Math.Max(fired.Last, receivedAt)) : (receivedAt, receivedAt);
        FirstSeen = Math.Min(FirstSeen ?? receivedAt, receivedAt);
        LastSeen = Math.Max(LastSeen ?? receivedAt, receivedAt);
        IsMoment = isMoment;
        Move(receivedAt, (int)verdict);
    }

    /// <summary>Adds one to a counter in the hour of <paramref name="at"/>.</summary>
    public void Move(long at, int column)
    {
        In(UtcTime.HourOf(at)).Move(column);
        allTime[column]++;
        HasMoves = true;
    }

    /// <summary>The batch's moves are in the store.</summary>
    public void Settle()
    {
        foreach (var hour in Hours)
        {
            if (hour.HasMoves)
            {
                hour.Settle();
            }
        }
        Fired = null;
        HasMoves = false;
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
        if (_hours.Count >= HoursKept)
        {
            _hours.RemoveAll(static h => !h.HasMoves);
        }
        HourMoves added = new(hour);
        _hours.Add(added);
        return added;
    }
}
