namespace Fmm.Systems;

/// <summary>
/// The sum of exp(-k |d + n|) / |d + n| over the images n of a box that repeats along one, two or three axes, without some of them, as one integral
/// of products, an axis a factor.
/// </summary>
/// <remarks>
/// <para>exp(-k r) / r = 2/sqrt(pi) times the integral of exp(-r^2 t^2 - k^2 / (4 t^2)) over t from 0 on. Under the integral the sum over images is a
/// product of one sum for each axis, of Gaussians where t is large and, by Poisson's formula, of waves where it is small (Ewald 1921
/// splits the same integral in two). Images left out are a product likewise. Gauss-Legendre panels, whose edges double, carry it to rounding.</para>
/// <para>Without screening the wave of length infinity diverges. Along three axes it is left out, which is Ewald's sum between conductors (tin foil), with
/// a uniform background that neutralises the charge. Along two its constant is left out, so that it is -2 pi |z| / area; along one
/// it is -2 ln(distance / period) / period.</para>
/// </remarks>
internal sealed class LatticeSum
{
    private const int PanelNodes = 20;

    // exp(-x^2) is below 1e-17 of one beyond this.
    private const double Vanishing = 6.3;
    private readonly double[] _periods;
    private readonly List<double> _times = [], _weights = [];
    private readonly double _firstTime;

    /// <summary>The sum over a box.</summary>
    /// <param name="periods">Period along each axis, 0 along a free one.</param>
    /// <param name="screening">k, 0 or more.</param>
    /// <param name="nearest">The least distance of what is not left out.</param>
    public LatticeSum(ReadOnlySpan<double> periods, double screening, double nearest)
    {
        _periods = periods.ToArray();
        double longest = Math.Max(_periods[0], Math.Max(_periods[1], _periods[2])), last = Vanishing / nearest, volume = 1;
        // Below it, waves other than the infinite one are less than rounding.
        _firstTime = Math.PI / (longest * Vanishing);
        foreach (double period in _periods)
        {
            Axes += period > 0 ? 1 : 0;
            volume *= period > 0 ? period : 1;
        }
        Volume = volume;
        IsUnscreened = screening == 0;
        double start = IsUnscreened ? _firstTime : screening / (2 * Vanishing);
        if (IsUnscreened) AddPanel(0, start, screening);
        for (double low = start; low < last; low *= 2) AddPanel(low, Math.Min(2 * low, last), screening);
        if (!IsUnscreened) return;
        Constant = Axes switch
        {
            3 => -Math.PI / (volume * _firstTime * _firstTime),
            2 => -2 * Math.Sqrt(Math.PI) / (volume * _firstTime),
            _ => 2 / volume * (Math.Log(_firstTime * volume) + (0.5 * EulerGamma)),
        };
    }

    private const double EulerGamma = 0.57721566490153286;

    /// <summary>Nodes of the integral.</summary>
    public int Nodes => _times.Count;

    /// <summary>Axes along which the box repeats.</summary>
    public int Axes { get; }

    /// <summary>Product of the periods.</summary>
    public double Volume { get; }

    /// <summary>Whether k is 0.</summary>
    public bool IsUnscreened { get; }

    /// <summary>What is added to the integral.</summary>
    public double Constant { get; }

    /// <summary>
    /// What the square of the distance is multiplied by in the part of the sum that is not harmonic: 2 pi / (3 volume) along three axes without
    /// screening, where the background is, else 0.
    /// </summary>
    public double Curvature => IsUnscreened && Axes == 3 ? 2 * Math.PI / (3 * Volume) : 0;

    /// <summary>Weight of a node.</summary>
    public double Weight(int node) => _weights[node];

    /// <summary>
    /// An axis's factor of the sum over all images at a node. Below the first time, of a free axis: its value less 1, see <see cref="Product"/>.
    /// </summary>
    public double All(int node, int axis, double x)
    {
        double t = _times[node], period = _periods[axis];
        if (period == 0) return IsEarly(node) ? LessOne(-x * x * t * t) : Math.Exp(-x * x * t * t);
        double sum = 0, reach = t * period;
        if (reach < 2)
        {
            for (int wave = 1; Math.PI * wave / reach < Vanishing + 0.2; wave++)
                sum += Math.Exp(-(Math.PI * wave / reach) * (Math.PI * wave / reach)) * Math.Cos(2 * Math.PI * wave * x / period);
            return Math.Sqrt(Math.PI) / reach * (1 + (2 * sum));
        }
        double middle = Math.Round(-x / period);
        for (int image = 0; image == 0 || ((image - 0.5) * reach) < Vanishing + 0.2; image++)
        {
            sum += Gaussian(t, x + ((middle + image) * period));
            if (image > 0) sum += Gaussian(t, x + ((middle - image) * period));
        }
        return sum;
    }

    /// <summary>An axis's factor of one image that is left out.</summary>
    public double One(int node, double x) => Gaussian(_times[node], x);

    /// <summary>The product of the axes' factors of all images, without what diverges.</summary>
    public double Product(int node, double x, double y, double z)
    {
        if (!IsEarly(node)) return x * y * z;
        if (Axes == 3) return 0;
        // Of the axes that are free: the product less 1.
        double periodic = (_periods[0] > 0 ? x : 1) * (_periods[1] > 0 ? y : 1) * (_periods[2] > 0 ? z : 1);
        double u = _periods[0] > 0 ? 0 : x, v = _periods[1] > 0 ? 0 : y, w = _periods[2] > 0 ? 0 : z;
        return periodic * (u + v + w + (u * v) + (v * w) + (w * u) + (u * v * w));
    }

    /// <summary>Whether a node is one of those where what diverges is left out.</summary>
    public bool IsEarly(int node) => IsUnscreened && node < PanelNodes;

    // exp(x) - 1 in all digits.
    private static double LessOne(double x) => 2 * Math.Exp(0.5 * x) * Math.Sinh(0.5 * x);

    private static double Gaussian(double t, double x) => Math.Exp(-x * x * t * t);

    private void AddPanel(double low, double high, double screening)
    {
        foreach ((double node, double weight) in GaussLegendre.Nodes(PanelNodes))
        {
            double t = low + (0.5 * (high - low) * (1 + node)), decay = screening == 0 ? 1 : Math.Exp(-screening * screening / (4 * t * t));
            _times.Add(t);
            _weights.Add((high - low) / Math.Sqrt(Math.PI) * weight * decay);
        }
    }
}
