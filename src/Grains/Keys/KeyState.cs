namespace Conclude.Grains.Keys;

/// <summary>What is stored of a key.</summary>
[GenerateSerializer, Alias("Conclude.KeyState")]
public sealed class KeyState
{
    [Id(0)] public KeyOwner? Owner { get; set; }

    [Id(1)] public DateTimeOffset? LastUsed { get; set; }
}
