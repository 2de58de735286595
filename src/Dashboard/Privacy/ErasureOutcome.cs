using Conclude.Ledger;

namespace Conclude.Dashboard.Privacy;

/// <summary>What became of an erasure.</summary>
/// <param name="Problem">What to tell the person at the page; null when it is done.</param>
/// <param name="Erased">What lost its name, when it is done.</param>
public sealed record ErasureOutcome(string? Problem, EraseResult? Erased)
{
    public static ErasureOutcome NotAllowed { get; } = new("Viewers cannot erase anybody. Ask an admin of this workspace.", null);

    public static ErasureOutcome Unavailable { get; } = new(
        "The server could not say that it is done. What was begun goes on by itself, through a restart too: look for this person again in a moment.", null);

    public static ErasureOutcome Done(EraseResult erased) => new(null, erased);
}
