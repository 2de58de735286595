namespace Conclude.Api.Operators;

internal sealed record PlanRequest(string? Plan);
