namespace Conclude.Grains.Tenants;

/// <summary>What the sampling rate is a share of.</summary>
[GenerateSerializer, Alias("Conclude.SamplingMode")]
public enum SamplingMode : byte
{
    /// <summary>Each fire is in or out by its own id.</summary>
    PerFire,

    /// <summary>A person is in or out for this moment, always.</summary>
    PerUser,
}
