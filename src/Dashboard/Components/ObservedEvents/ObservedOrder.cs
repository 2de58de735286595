namespace Conclude.Dashboard.Components.ObservedEvents;

/// <summary>By what observed events are ordered: names upwards, all else downwards.</summary>
public enum ObservedOrder
{
    Name,
    Count,
    Last24Hours,
    FirstSeen,
    LastSeen,
}
