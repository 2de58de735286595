namespace Conclude.Api.Idempotency;

/// <summary>Metadata of a route: this member of its answer is null when the answer is given again.</summary>
/// <param name="Member">Its JSON name.</param>
internal sealed record NotKept(string Member);
