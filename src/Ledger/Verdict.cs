namespace Conclude.Ledger;

/// <summary>Why a fire did or did not ask. The order is the order in which the rules are tried; numbers are stored and never reused.</summary>
[GenerateSerializer, Alias("Conclude.Verdict")]
public enum Verdict : byte
{
    Bot = 0,
    NoMoment = 1,
    Disabled = 2,
    OutsideSchedule = 3,
    NotInAudience = 4,
    Stale = 5,
    ResponseCap = 6,
    OncePerUser = 7,
    Cooldown = 8,
    QuietPeriod = 9,
    LeaseHeld = 10,
    SampledOut = 11,
    Shown = 12,
}
