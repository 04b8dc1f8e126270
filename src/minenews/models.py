"""The output contract (schema 1.0): what `extract` returns, field by field.

Every model is frozen. Every record carries evidence whose offsets index the exact string that the caller passed:
``text[e.start:e.end] == e.text``. What the text does not say is ``None``.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION: Final = "1.0"


class Model(BaseModel):
    """A frozen record that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Bound(StrEnum):
    """How a figure is limited by the words around it."""

    EXACT = "exact"
    RANGE = "range"
    MIN = "min"
    MAX = "max"
    ABOUT = "about"


class Precision(StrEnum):
    """The length of a period, as far as the text tells."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"


class Basis(StrEnum):
    """On what footing a figure stands."""

    ACTUAL = "actual"
    GUIDANCE = "guidance"
    FORECAST = "forecast"
    STUDY = "study"
    ASSUMPTION = "assumption"


class Metric(StrEnum):
    """What a fact measures."""

    PRODUCTION = "production"
    SALES = "sales"
    ORE_MINED = "ore_mined"
    WASTE_MINED = "waste_mined"
    MATERIAL_MINED = "material_mined"
    STRIP_RATIO = "strip_ratio"
    ORE_PROCESSED = "ore_processed"
    THROUGHPUT = "throughput"
    GRADE = "grade"
    RECOVERY = "recovery"
    CAPACITY = "capacity"
    ORE_PURCHASED = "ore_purchased"
    STOCKPILE = "stockpile"
    METRES_DRILLED = "metres_drilled"
    MINE_LIFE = "mine_life"
    CASH_COST = "cash_cost"
    AISC = "aisc"
    AIC = "aic"
    COST_PER_TONNE = "cost_per_tonne"
    REALIZED_PRICE = "realized_price"
    METAL_PRICE = "metal_price"
    REVENUE = "revenue"
    EBITDA = "ebitda"
    NET_INCOME = "net_income"
    EPS = "eps"
    OPERATING_CASH_FLOW = "operating_cash_flow"
    FREE_CASH_FLOW = "free_cash_flow"
    CAPEX = "capex"
    EXPLORATION_SPEND = "exploration_spend"
    CASH = "cash"
    DEBT = "debt"
    DIVIDEND = "dividend"
    IMPAIRMENT = "impairment"
    NPV = "npv"
    IRR = "irr"
    PAYBACK = "payback"
    INITIAL_CAPEX = "initial_capex"
    SUSTAINING_CAPEX = "sustaining_capex"
    INTEREST = "interest"
    AREA = "area"


class AssetKind(StrEnum):
    """What an asset is."""

    MINE = "mine"
    PLANT = "plant"
    PROJECT = "project"
    PROPERTY = "property"
    DEPOSIT = "deposit"
    ZONE = "zone"
    SMELTER = "smelter"
    REFINERY = "refinery"
    PORT = "port"
    TAILINGS = "tailings"
    OTHER = "other"


class DealKind(StrEnum):
    """What is financed or traded, and how."""

    PRIVATE_PLACEMENT = "private_placement"
    BOUGHT_DEAL = "bought_deal"
    PUBLIC_OFFERING = "public_offering"
    FLOW_THROUGH = "flow_through"
    DEBT_FACILITY = "debt_facility"
    CONVERTIBLE = "convertible"
    ROYALTY = "royalty"
    STREAM = "stream"
    OFFTAKE = "offtake"
    ACQUISITION = "acquisition"
    DISPOSAL = "disposal"
    MERGER = "merger"
    OPTION_AGREEMENT = "option_agreement"
    JOINT_VENTURE = "joint_venture"
    SHARE_PURCHASE = "share_purchase"
    DEBT_SETTLEMENT = "debt_settlement"
    OPTION_GRANT = "option_grant"
    WARRANT_AMENDMENT = "warrant_amendment"


class Stage(StrEnum):
    """How far a deal has come."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    CLOSED = "closed"
    TERMINATED = "terminated"
    AMENDED = "amended"


class EventKind(StrEnum):
    """What happened, is happening or is planned."""

    EARTHQUAKE = "earthquake"
    FLOOD = "flood"
    EXTREME_WEATHER = "extreme_weather"
    LANDSLIDE = "landslide"
    WILDFIRE = "wildfire"
    ACCIDENT = "accident"
    FATALITY = "fatality"
    FIRE = "fire"
    GROUND_FAILURE = "ground_failure"
    TAILINGS_FAILURE = "tailings_failure"
    SPILL = "spill"
    SECURITY_INCIDENT = "security_incident"
    POWER_OUTAGE = "power_outage"
    STRIKE = "strike"
    BLOCKADE = "blockade"
    PANDEMIC = "pandemic"
    SUSPENSION = "suspension"
    CURTAILMENT = "curtailment"
    RESTART = "restart"
    CLOSURE = "closure"
    FIRST_PRODUCTION = "first_production"
    COMMERCIAL_PRODUCTION = "commercial_production"
    CONSTRUCTION_START = "construction_start"
    CONSTRUCTION_COMPLETE = "construction_complete"
    COMMISSIONING = "commissioning"
    EXPANSION = "expansion"
    FORCE_MAJEURE = "force_majeure"
    PERMIT_GRANTED = "permit_granted"
    PERMIT_REFUSED = "permit_refused"
    PERMIT_APPLICATION = "permit_application"
    LEGAL_PROCEEDING = "legal_proceeding"
    GOVERNMENT_AGREEMENT = "government_agreement"
    DRILLING_START = "drilling_start"
    DRILLING_COMPLETE = "drilling_complete"
    DRILL_RESULTS = "drill_results"
    DISCOVERY = "discovery"
    RESOURCE_ESTIMATE = "resource_estimate"
    STUDY_RESULT = "study_result"
    STUDY_START = "study_start"
    APPOINTMENT = "appointment"
    DEPARTURE = "departure"
    ACQUISITION = "acquisition"
    DISPOSAL = "disposal"
    MERGER = "merger"
    JOINT_VENTURE = "joint_venture"
    OPTION_AGREEMENT = "option_agreement"
    FINANCING = "financing"
    ROYALTY_STREAM = "royalty_stream"
    OFFTAKE = "offtake"
    DIVIDEND = "dividend"
    LISTING = "listing"
    NAME_CHANGE = "name_change"
    SHARE_CONSOLIDATION = "share_consolidation"
    OPTION_GRANT = "option_grant"
    GUIDANCE_CHANGE = "guidance_change"
    FINANCIAL_RESULTS = "financial_results"
    AGREEMENT_TERMINATED = "agreement_terminated"
    INFRASTRUCTURE_DAMAGE = "infrastructure_damage"


class Modality(StrEnum):
    """Whether an event is real."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    NEGATED = "negated"


class TargetKind(StrEnum):
    """What an impact falls on."""

    ASSET = "asset"
    INFRASTRUCTURE = "infrastructure"
    PEOPLE = "people"
    COMMUNITY = "community"


class Effect(StrEnum):
    """What an impact does; `none` where the text says that nothing was done."""

    NONE = "none"
    DAMAGE = "damage"
    SUSPENDED = "suspended"
    DISRUPTED = "disrupted"
    EVACUATED = "evacuated"
    INJURED = "injured"
    KILLED = "killed"
    RESTORED = "restored"
    OTHER = "other"


class State(StrEnum):
    """The state of an asset."""

    EXPLORATION = "exploration"
    DEVELOPMENT = "development"
    PERMITTING = "permitting"
    CONSTRUCTION = "construction"
    COMMISSIONING = "commissioning"
    RAMP_UP = "ramp_up"
    OPERATING = "operating"
    SUSPENDED = "suspended"
    CARE_AND_MAINTENANCE = "care_and_maintenance"
    CLOSED = "closed"
    REHABILITATION = "rehabilitation"


class ResourceCategory(StrEnum):
    """Confidence category of a resource or reserve line (CIM, JORC, SAMREC, S-K 1300)."""

    MEASURED = "measured"
    INDICATED = "indicated"
    INFERRED = "inferred"
    MEASURED_AND_INDICATED = "measured_and_indicated"
    PROVEN = "proven"
    PROBABLE = "probable"
    PROVEN_AND_PROBABLE = "proven_and_probable"
    HISTORICAL = "historical"
    TOTAL = "total"


class CheckKind(StrEnum):
    """Which arithmetic was done."""

    SUM = "sum"
    DIFFERENCE = "difference"
    PERCENT_CHANGE = "percent_change"
    CONTAINED_METAL = "contained_metal"
    RECOVERY = "recovery"
    INTERVAL = "interval"
    RESIDUAL = "residual"
    PROCEEDS = "proceeds"


class Verdict(StrEnum):
    """Whether a stated figure agrees with the computed one at the precision written."""

    AGREES = "agrees"
    ROUNDING = "rounding"
    DISAGREES = "disagrees"


class Evidence(Model):
    """Where one slot of a record was read: ``input[start:end] == text``."""

    slot: str
    start: int
    end: int
    text: str
    rule: str


class Source(Model):
    """The input: its name if it has one, the SHA-256 of its UTF-8 bytes, its length in characters."""

    name: str | None
    sha256: str
    length: int


class Reference(Model):
    """An earlier release that this one names."""

    date: dt.date
    evidence: tuple[Evidence, ...] = ()


class Release(Model):
    """The release itself. `currency` is an ISO 4217 code where the release declares what a bare "$" means."""

    headline: str | None = None
    place: str | None = None
    date: dt.date | None = None
    wire: str | None = None
    language: str | None = None
    currency: str | None = None
    fiscal_year_end: str | None = Field(default=None, description="MM-DD of the fiscal year's last day, if stated")
    references: tuple[Reference, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Ticker(Model):
    """A listing; `mic` is the ISO 10383 market identifier code of the exchange, null where unknown."""

    exchange: str
    mic: str | None
    symbol: str


class Company(Model):
    """A company named in the release."""

    name: str
    aliases: tuple[str, ...] = ()
    tickers: tuple[Ticker, ...] = ()
    role: Literal["issuer", "other"]
    evidence: tuple[Evidence, ...] = ()


class Person(Model):
    """A person named in the release."""

    name: str
    role: str | None = None
    company: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Asset(Model):
    """A mine, plant, project, deposit, ...; `name` is its fullest form in the release."""

    name: str
    kind: AssetKind
    aliases: tuple[str, ...] = ()
    place: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Place(Model):
    """A place named in the release."""

    name: str
    evidence: tuple[Evidence, ...] = ()


class Quantity(Model):
    """A quantity as read. Empty `used_by` means that no record was linked to it."""

    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit: str
    dimension: str
    as_written: str
    start: int
    end: int
    section: str
    used_by: tuple[str, ...] = ()


class Period(Model):
    """A period as read; both dates are inclusive, null where the text leaves them open."""

    start: dt.date | None
    end: dt.date | None
    precision: Precision
    label: str
    as_written: str
    offsets: tuple[int, int]
    used_by: tuple[str, ...] = ()


class PeriodValue(Model):
    """The period that a record is for; both dates are inclusive."""

    start: dt.date | None
    end: dt.date | None
    precision: Precision
    label: str


class Cell(Model):
    """One table cell, with its place in the input."""

    text: str
    start: int
    end: int


class Table(Model):
    """A table, rebuilt as a grid. Every row has as many cells as the widest; `unit` as written in the table's caption or header."""

    id: str
    title: str | None
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit: str | None
    start: int
    end: int
    notes: tuple[str, ...] = ()


class CellRef(Model):
    """The cell that a fact was read from; row 0 is the first row below the header, column 0 the label column."""

    id: str
    row: int
    column: int


class Fact(Model):
    """One figure about the business. `share` is the attributable percent where the text states one."""

    id: str
    metric: Metric
    commodity: str | None
    value: float | None
    low: float | None = None
    high: float | None = None
    bound: Bound = Bound.EXACT
    unit: str
    as_written: str
    period: PeriodValue | None
    basis: Basis
    asset: str | None
    company: str | None
    share: float | None = None
    qualifiers: tuple[str, ...] = ()
    table: CellRef | None = None
    evidence: tuple[Evidence, ...]


class Change(Model):
    """A stated movement between two figures; `percent` and `absolute` are signed by `direction` (negative for down)."""

    id: str
    metric: Metric | None
    commodity: str | None
    percent: float | None
    absolute: float | None
    unit: str | None
    direction: Literal["up", "down", "flat"]
    fact: str | None
    against: str | None
    as_written: str
    evidence: tuple[Evidence, ...]


class Grade(Model):
    """A grade of one commodity."""

    commodity: str
    value: float
    unit: str
    capped: bool | None = None


class Intercept(Model):
    """One drill interval. Depths and lengths in `length_unit` (m or ft)."""

    id: str
    hole: str | None
    from_: float | None = Field(default=None, alias="from", serialization_alias="from")
    to: float | None
    length: float | None
    length_unit: str
    true_width: float | None = None
    true_width_note: str | None = None
    grades: tuple[Grade, ...]
    included: bool = False
    parent: str | None = None
    asset: str | None
    as_written: str
    evidence: tuple[Evidence, ...]


class Contained(Model):
    """Contained metal of one commodity."""

    commodity: str
    value: float
    unit: str


class Resource(Model):
    """One line of a resource or reserve statement; `tonnes` in metric tonnes."""

    id: str
    kind: Literal["resource", "reserve"]
    category: ResourceCategory
    tonnes: float | None
    grades: tuple[Grade, ...]
    contained: tuple[Contained, ...]
    asset: str | None
    zone: str | None = None
    cutoff: str | None = None
    standard: str | None = None
    effective_date: dt.date | None = None
    evidence: tuple[Evidence, ...]


class Money(Model):
    """An amount with its unit (ISO 4217, "$" where the release declares no currency, None where its sign is lost)."""

    value: float
    unit: str | None


class Deal(Model):
    """A financing or a transaction. `stake` in percent, `warrant_months` in months."""

    id: str
    kind: DealKind
    stage: Stage
    gross: Money | None
    securities: float | None
    security_kind: str | None
    price: Money | None
    warrant_price: Money | None
    warrant_months: float | None
    counterparty: str | None
    asset: str | None
    stake: float | None
    consideration: tuple[str, ...] = ()
    date: PeriodValue | None
    as_written: str
    evidence: tuple[Evidence, ...]


class Impact(Model):
    """What an event did to something, or that it did nothing to it."""

    target: str
    target_kind: TargetKind
    effect: Effect
    as_written: str


class Bearing(Model):
    """How far and in which compass direction an epicentre lies from a place."""

    distance_km: float
    direction: str
    of: str


class Details(Model):
    """Slots that only some kinds of event have: earthquake; fatality and accident."""

    magnitude: float | None = None
    depth_km: float | None = None
    epicentre: str | None = None
    bearings: tuple[Bearing, ...] = ()
    killed: int | None = None
    injured: int | None = None


class Event(Model):
    """Something that happened, is happening or is planned."""

    id: str
    kind: EventKind
    modality: Modality
    date: PeriodValue | None
    place: str | None
    assets: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    impacts: tuple[Impact, ...] = ()
    cause: str | None = None
    details: Details | None = None
    as_written: str
    evidence: tuple[Evidence, ...]


class Status(Model):
    """The state of an asset."""

    id: str
    asset: str
    state: State
    as_of: dt.date | None
    evidence: tuple[Evidence, ...]


class Quote(Model):
    """Words of a person."""

    id: str
    speaker: str
    role: str | None
    text: str
    evidence: tuple[Evidence, ...]


class Check(Model):
    """Arithmetic done on what the release states."""

    id: str
    kind: CheckKind
    stated: float
    computed: float
    verdict: Verdict
    facts: tuple[str, ...]
    message: str


class Extraction(Model):
    """All that one release says. Records stand in reading order; ids are unique in the release."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    source: Source
    release: Release
    companies: tuple[Company, ...] = ()
    people: tuple[Person, ...] = ()
    assets: tuple[Asset, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    periods: tuple[Period, ...] = ()
    tables: tuple[Table, ...] = ()
    facts: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()
    intercepts: tuple[Intercept, ...] = ()
    resources: tuple[Resource, ...] = ()
    deals: tuple[Deal, ...] = ()
    events: tuple[Event, ...] = ()
    statuses: tuple[Status, ...] = ()
    quotes: tuple[Quote, ...] = ()
    checks: tuple[Check, ...] = ()
