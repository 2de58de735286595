namespace Conclude.Grains.Tenants;

/// <summary>What a member may do in a workspace.</summary>
[GenerateSerializer, Alias("Conclude.MemberRole")]
public enum MemberRole : byte
{
    Viewer,
    Admin,
    Owner,
}
