namespace Conclude.Grains.Tenants;

/// <summary>How a rule compares. Text is compared with letter case ignored; <see cref="Gt"/> and <see cref="Lt"/> compare numbers.</summary>
[GenerateSerializer, Alias("Conclude.AudienceOperator")]
public enum AudienceOperator : byte
{
    Is,
    IsNot,
    Contains,
    StartsWith,
    Gt,
    Lt,
    Exists,
}
