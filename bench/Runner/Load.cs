namespace Conclude.Bench.Runner;

/// <summary>What is sent.</summary>
/// <param name="Key">As <c>--cases</c> names it.</param>
/// <param name="Name">For people.</param>
/// <param name="Event">The event's name; with several names, what they begin with.</param>
/// <param name="Users">How many; 0: each request another.</param>
/// <param name="Connections">Each sends its next request when it has the answer to the last.</param>
/// <param name="Events">In each request.</param>
internal sealed record Load(string Key, string Name, string Event, int Names, int Users, int Connections, int Events)
{
    public const string Moment = "report_exported";
    public const string ColdMoment = "invoice_paid";
    public const int WarmUsers = 10_000;

    public static IReadOnlyList<Load> All { get; } =
    [
        Observed(64, 1), Observed(256, 1), Observed(64, 20), Observed(256, 20),
        Hot(64), Hot(256),
        new("cold-64", "moment, each request another new user, 64 connections", ColdMoment, 1, 0, 64, 1),
    ];

    public bool IsWarm => Event == Moment;

    public bool IsCold => Users == 0;

    public bool IsObserved => !IsWarm && !IsCold;

    private static Load Observed(int connections, int events) => new(
        $"observed-{connections}x{events}", $"observed events, 100 names, {connections} connections, {events} a request",
        "page_viewed", 100, WarmUsers, connections, events);

    private static Load Hot(int connections) => new(
        $"moment-{connections}", $"one hot moment, {connections} connections", Moment, 1, WarmUsers, connections, 1);
}
