namespace Conclude.Api.Tests.Whole.Fuzz;

/// <param name="Status">0: the connection was closed, or nothing came.</param>
/// <param name="Body">What came of it; of a stream without end, nothing.</param>
internal sealed record WireAnswer(int Status, ILookup<string, string> Headers, string Body, TimeSpan Took)
{
    public static WireAnswer None(TimeSpan took) => new(0, Array.Empty<int>().ToLookup(static _ => "", static _ => ""), "", took);

    public string? MediaType => Headers["content-type"].FirstOrDefault()?.Split(';')[0].Trim();
}
