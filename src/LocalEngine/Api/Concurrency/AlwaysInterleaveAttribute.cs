namespace Orleans.Concurrency;

/// <summary>On an interface method: its calls may run between the awaits of others, and others between its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
