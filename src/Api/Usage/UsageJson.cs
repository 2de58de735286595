namespace Conclude.Api.Usage;

/// <summary>What the workspace uses of its plan.</summary>
/// <param name="PeriodStart">Start of the UTC month; events count from here.</param>
/// <param name="PeriodEnd">Start of the next one.</param>
internal sealed record UsageJson(
    string Plan, DateTimeOffset PeriodStart, DateTimeOffset PeriodEnd, UsedJson Events, UsedJson Moments, UsedJson Members);

/// <param name="Limit">0 is unlimited.</param>
internal sealed record UsedJson(long Used, long Limit);
