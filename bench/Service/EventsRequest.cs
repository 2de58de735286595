namespace Conclude.Bench.Service;

/// <summary>The body of <c>POST /api/v1/widget/events</c>, as the contract has it.</summary>
public sealed record EventsRequest(UserJson? User, EventJson[]? Events, ContextJson? Context = null, DateTimeOffset? SentAt = null)
{
    /// <summary>The person when known, else the browser.</summary>
    public string UserKey => User?.ExternalId ?? User?.AnonymousId ?? "";
}

/// <summary>Who.</summary>
public sealed record UserJson(string? AnonymousId = null, string? ExternalId = null, string? Email = null, string? Name = null, string? Hash = null);

/// <summary>Where.</summary>
public sealed record ContextJson(string? Url = null, string? Locale = null, string? Device = null);

/// <summary>What happened.</summary>
public readonly record struct EventJson(Guid Id, string Name, DateTimeOffset At);

/// <summary>The contract's answer.</summary>
public sealed record EventsAnswer(int Accepted, int Duplicates, string[] Rejected, string Quota, string? Prompt);
