using System.Runtime.CompilerServices;
using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// The colleagues of an octet's parent that exist, in two runs: those that are split, as octets, and those that are leaves with sources, as
/// rows one level up. Each run can be put in ascending order, which makes every list ascend without sorting lists. In a
/// box that repeats it is told here in which image a colleague is met (<see cref="OctetLinks"/>).
/// </summary>
internal unsafe struct Neighbourhood
{
    private fixed int _octets[Morton.Directions];
    private fixed byte _octetDirections[Morton.Directions];
    private fixed int _leaves[Morton.Directions];
    private fixed byte _leafDirections[Morton.Directions];
    private fixed byte _images[Morton.Directions];
    private bool _repeats;

    public int OctetCount { get; private set; }

    public int LeafCount { get; private set; }

    public readonly int Octet(int index) => _octets[index];

    public readonly int OctetDirection(int index) => _octetDirections[index];

    public readonly int Leaf(int index) => _leaves[index];

    public readonly int LeafDirection(int index) => _leafDirections[index];

    public readonly int OctetImage(int index) => _repeats ? _images[_octetDirections[index]] : ListMember.Home;

    public readonly int LeafImage(int index) => _repeats ? _images[_leafDirections[index]] : ListMember.Home;

    /// <summary>Finds the images in which the parent's neighbours are met, where the box repeats.</summary>
    /// <param name="shape">The tree.</param>
    /// <param name="parent">The parent's key.</param>
    /// <param name="level">The parent's level.</param>
    public void Place(TreeShape shape, ulong parent, int level)
    {
        _repeats = shape.IsAtWall(parent, level);
        for (int direction = 0; _repeats && direction < Morton.Directions; direction++)
        {
            shape.TryNeighbour(parent, level, direction, out _, out int image);
            _images[direction] = (byte)image;
        }
    }

    /// <summary>Takes the row of 27 colleagues apart.</summary>
    /// <param name="colleagues">A row of <see cref="OctetLinks.Colleagues"/>.</param>
    /// <param name="above">What the nodes of the level above hold; leaves without sources are left out.</param>
    /// <param name="ascending">Whether the runs are to ascend; counting needs no order.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(int* colleagues, Occupancy* above, bool ascending)
    {
        OctetCount = 0;
        LeafCount = 0;
        for (int direction = 0; direction < Morton.Directions; direction++)
        {
            int value = colleagues[direction];
            if (value >= 0)
            {
                int place = OctetCount++;
                for (; ascending && place > 0 && _octets[place - 1] > value; place--)
                {
                    _octets[place] = _octets[place - 1];
                    _octetDirections[place] = _octetDirections[place - 1];
                }

                _octets[place] = value;
                _octetDirections[place] = (byte)direction;
            }
            else if (value != OctetLinks.Absent && above[OctetLinks.Leaf(value)].Sources)
            {
                int row = OctetLinks.Leaf(value);
                int place = LeafCount++;
                for (; ascending && place > 0 && _leaves[place - 1] > row; place--)
                {
                    _leaves[place] = _leaves[place - 1];
                    _leafDirections[place] = _leafDirections[place - 1];
                }

                _leaves[place] = row;
                _leafDirections[place] = (byte)direction;
            }
        }
    }
}
