namespace Orleans.Core;

/// <summary>A stored value.</summary>
public interface IStorage<TState> : IStorage
{
    TState State { get; set; }
}
