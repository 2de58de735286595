namespace Conclude.Cluster.Tests.Hosting;

/// <summary>Tests that report and promise times: one after the other and nothing beside them, whose load would be in the figures.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Timed
{
    public const string Name = "timed";
}
