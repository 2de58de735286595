namespace Conclude.Conformance.Tests.Engine;

/// <summary>The smallest state.</summary>
[GenerateSerializer]
[Alias("conformance.Number")]
public sealed class Number
{
    [Id(0)]
    public int Value { get; set; }
}
