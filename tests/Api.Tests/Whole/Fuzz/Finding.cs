namespace Conclude.Api.Tests.Whole.Fuzz;

/// <summary>A request that was answered as none may be.</summary>
/// <param name="Kind">Findings of the same route and kind are told once.</param>
internal sealed record Finding(string Route, string Kind, string What, string Curl, int Number)
{
    public override string ToString() => $"#{Number} {Route}: {What}\n  {Curl}";
}
