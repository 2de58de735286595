namespace Conclude.Grains.Tenants;

/// <summary>The outcome of saving the settings.</summary>
/// <param name="Version">Of the settings as stored now.</param>
[GenerateSerializer, Immutable, Alias("Conclude.SettingsSaved")]
public sealed record SettingsSaved([property: Id(0)] SaveStatus Status, [property: Id(1)] long Version);
