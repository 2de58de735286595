namespace Conclude.Grains.Tenants;

/// <summary>The stored document of a workspace; null until it is created.</summary>
[GenerateSerializer, Alias("Conclude.TenantState")]
public sealed class TenantState
{
    [Id(0)] public WorkspaceSnapshot? Document { get; set; }
}
