/** The tab of measuring: calibration, quantities, and what they are on this frame. */
import './measure.css';
import { CalibrationSection } from './CalibrationSection';
import { EventsSection } from './EventsSection';
import { QuantitiesSection } from './QuantitiesSection';
import { ValuesSection } from './ValuesSection';

export function MeasureTab() {
  return (
    <>
      <ValuesSection />
      <CalibrationSection />
      <QuantitiesSection />
      <EventsSection />
    </>
  );
}
