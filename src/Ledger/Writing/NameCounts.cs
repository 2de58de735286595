namespace Conclude.Ledger.Writing;

/// <summary>
/// What the limits on names compare with. A name counts as active while its last fire is less than seven days before the
/// start of the hour: whole hours, so that one count serves all fires of an hour.
/// </summary>
/// <param name="Hour">The UTC hour it was counted for; first millisecond.</param>
internal sealed record NameCounts(long Hour)
{
    private const long ActiveMs = 7 * UtcTime.DayMs;

    /// <summary>Unpromoted names seen since <see cref="ActiveSince"/>.</summary>
    public required long Active { get; set; }

    /// <summary>Unpromoted names first seen in this hour.</summary>
    public required long New { get; set; }

    public static long ActiveSince(long hour) => hour - ActiveMs;

    public static bool IsActive(long? lastSeen, long hour) => lastSeen >= ActiveSince(hour);

    /// <param name="isNew">Never seen before; a name that comes back after seven days only has to find a place.</param>
    public bool Fits(FireLimits limits, bool isNew) =>
        (limits.EventNames == 0 || Active < limits.EventNames)
        && (!isNew || limits.NewNamesPerHour == 0 || New < limits.NewNamesPerHour);
}
