namespace Conclude.Grains.Tenants;

/// <summary>What became of a change to a workspace.</summary>
[GenerateSerializer, Alias("Conclude.SaveStatus")]
public enum SaveStatus : byte
{
    Saved,

    /// <summary>There is no such workspace, or no such moment.</summary>
    NotFound,

    /// <summary>The event is a moment already.</summary>
    Exists,

    /// <summary>Somebody else changed it since it was read.</summary>
    Changed,

    /// <summary>The plan allows no more.</summary>
    PlanLimit,

    /// <summary>A field is out of bounds; nothing was changed.</summary>
    Invalid,

    /// <summary>The author's role, as it is now, does not allow this; nothing was changed.</summary>
    NotAllowed,

    /// <summary>A workspace has one owner at least; nothing was changed.</summary>
    LastOwner,
}
