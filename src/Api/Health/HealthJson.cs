namespace Conclude.Api.Health;

/// <summary>How this process is: <c>live</c> or <c>ready</c>.</summary>
internal sealed record HealthJson(string Status);
