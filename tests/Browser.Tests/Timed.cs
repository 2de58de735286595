namespace Conclude.Browser.Tests;

/// <summary>Tests that promise times: one after the other, and nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Timed
{
    public const string Name = "timed";
}
