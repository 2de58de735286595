namespace Conclude.Ledger;

/// <summary>The plan's limits that are checked in the commit; 0 is unlimited.</summary>
/// <param name="EventsPerMonth">Events in a UTC calendar month.</param>
/// <param name="EventNames">Distinct unpromoted names seen in the last seven days.</param>
/// <param name="NewNamesPerHour">New names in a UTC hour.</param>
public sealed record FireLimits(long EventsPerMonth, int EventNames, int NewNamesPerHour)
{
    public static FireLimits None { get; } = new(0, 0, 0);
}
