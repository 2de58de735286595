namespace Conclude.Faults.Tests;

/// <summary>How long the suite takes its time: minutes by default, <c>CONCLUDE_FAULTS=full</c> for long outages and the two-minute overload.</summary>
internal static class Form
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("CONCLUDE_FAULTS") == "full";

    public static T Of<T>(T brief, T full) => IsFull ? full : brief;
}
