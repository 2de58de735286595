using Conclude.Ledger;

namespace Conclude.Dashboard.ObservedEvents;

/// <summary>Which fires the live feed shows.</summary>
/// <param name="Event">A part of the name, in any case; empty for all.</param>
/// <param name="User">A part of who it was, in any case; empty for all.</param>
/// <param name="Verdict">Null for all.</param>
public sealed record FireFilter(string Event, string User, Verdict? Verdict)
{
    public static FireFilter All { get; } = new("", "", null);

    public bool Matches(RecentFire fire) =>
        (Verdict is null || fire.Verdict == Verdict)
        && (Event.Length == 0 || fire.Event.Contains(Event, StringComparison.OrdinalIgnoreCase))
        && (User.Length == 0 || fire.User?.Contains(User, StringComparison.OrdinalIgnoreCase) is true);

    /// <summary>A verdict by the name that addresses and rows carry; null for what is none.</summary>
    public static Verdict? ByName(string name) => Verdicts.All.Where(v => v.Name() == name).Select(static v => (Verdict?)v).FirstOrDefault();
}
