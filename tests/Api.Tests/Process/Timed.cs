namespace Conclude.Api.Tests.Process;

/// <summary>Tests of what happens within moments: they have the machine for themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Timed
{
    public const string Name = nameof(Timed);
}
