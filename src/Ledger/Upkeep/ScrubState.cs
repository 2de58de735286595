namespace Conclude.Ledger.Upkeep;

internal enum ScrubState
{
    /// <summary>Nothing is left of what was overwritten before.</summary>
    Done,

    /// <summary>There is more to do, at once.</summary>
    More,

    /// <summary>Somebody still reads what was there before: try again later.</summary>
    InTheWay,
}
